/** What can keep the embedded stack from coming up; each is told to a person in one sentence. */
export type StackErrorCode =
  | "stack/folder-not-writable"
  | "stack/disk-full"
  | "stack/no-service-user"
  | "stack/postgres-missing"
  | "stack/postgres-not-starting"
  | "stack/postgres-password-lost"
  | "stack/postgres-version"
  | "stack/redis-not-starting"
  | "stack/inngest-not-starting"
  | "stack/secrets-unreadable";

/** An expected failure of the stack: the message names the cause and the way out, so it is printed without a trace. */
export class StackError extends Error {
  readonly code: StackErrorCode;

  constructor(code: StackErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StackError";
    this.code = code;
  }
}

/** The system's own error code ("ENOENT", "EACCES" …) of a thrown value, or undefined when it carries none. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

const NOT_WRITABLE = new Set(["EACCES", "EPERM", "EROFS", "ENOTDIR"]);

/**
 * Turns a file system's refusal under `folder` into the sentence a person needs; anything else is returned as it is.
 * @param error whatever was thrown or printed while writing under the folder
 */
export function explainDisk(error: unknown, folder: string): unknown {
  if (error instanceof StackError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const code = systemCode(error);
  if (code === "ENOSPC" || code === "EDQUOT" || /No space left on device|Disk quota exceeded/i.test(text)) {
    return new StackError(
      "stack/disk-full",
      `The disk that holds ${folder} is full. Free some space there, or choose a folder on another disk with --data DIR.`,
      { cause: error },
    );
  }
  if (code !== undefined && NOT_WRITABLE.has(code)) {
    return new StackError(
      "stack/folder-not-writable",
      `${folder} cannot be written by this user (${code}). Make it yours (chown, chmod), or choose another folder with --data DIR.`,
      { cause: error },
    );
  }
  return error;
}
