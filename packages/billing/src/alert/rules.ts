import type { AlertWindow, LimitNearlyUsed } from "./contract.ts";

const toldEveryMs = 3_600_000;

/**
 * Of one window a company is told once in an hour, also of its minute: whoever stays at the limit knows it from the first
 * mail, and sixty an hour would be read by nobody. Which hour since 1970 a moment lies in.
 */
export const hourOf = (now: Date): number => Math.floor(now.getTime() / toldEveryMs);

/** The requests that a company may make within a window. */
export const allowedIn = (window: AlertWindow, { perMinute, perHour }: { readonly perMinute: number; readonly perHour: number }): number =>
  window === "minute" ? perMinute : perHour;

const inWords: Readonly<Record<AlertWindow, string>> = { minute: "a minute", hour: "an hour" };

export interface AlertLetter {
  readonly subject: string;
  readonly body: string;
}

/** What the mail says, to the company's own people or to an operator. `page` is where either sees more and can do something. */
export function alertLetter({ company, window, allowed }: LimitNearlyUsed, page: string, isToOperator: boolean): AlertLetter {
  const used = Math.ceil(allowed * 0.9).toLocaleString("en-IN");
  const said = `${company} has used ${used} of the ${allowed.toLocaleString("en-IN")} requests that it may make within ${inWords[window]}. Beyond them requests are refused until some time has passed; nothing is lost, and whoever is refused is told how long to wait.`;
  const nextStep = isToOperator
    ? `Look at what it uses, and give it more for a time if that is right:\n${page}`
    : `Look at who makes so many, and choose a larger plan if your company needs it:\n${page}`;
  return { subject: `${company} is close to its limit of requests within ${inWords[window]}`, body: `${said}\n\n${nextStep}` };
}
