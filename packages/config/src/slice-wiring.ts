import type { SliceNames } from "./slice-template.ts";

/** The package's `contract.ts` with the slice's words and error codes in it. */
export function wireContract(text: string, { room, slice, value }: SliceNames): string {
  const exported = `${text.trimEnd()}\nexport * from "./${slice}/contract.ts";\n`;
  const imported = withImport(exported, `${value}Errors`, `./${slice}/contract.ts`);
  return withMember(imported, `${room}Errors`, ["{", "}"], `...${value}Errors`);
}

/** The package's `index.ts` with the slice's router and jobs among the others. */
export function wireIndex(text: string, { room, slice, value }: SliceNames): string {
  let wired = withImport(text, `${value}Router`, `./${slice}/router.ts`);
  wired = withImport(wired, `${value}Jobs`, `./${slice}/jobs.ts`);
  wired = withImport(wired, "router", "@atrium/api");
  wired = withMember(wired, `${room}Router`, ["router({", "})"], `${value}: ${value}Router`);
  return withMember(wired, `${room}Jobs`, ["[", "]"], `...${value}Jobs`);
}

function withImport(text: string, name: string, from: string): string {
  const named = new RegExp(`^import \\{.*\\b${name}\\b`);
  if (text.split("\n").some((line) => named.test(line) && line.endsWith(` from "${from}";`))) return text;
  // A door with nothing behind it says `export {};`, which a real export makes needless.
  return `import { ${name} } from "${from}";\n${text.replace(/^export \{\};\n/m, "")}`;
}

/** Adds a last member to an exported list or object of that name, or makes the first one. */
function withMember(text: string, name: string, [open, close]: readonly [string, string], member: string): string {
  const declared = new RegExp(`^export const ${name}\\b[^=]*= `, "m").exec(text);
  if (declared === null) return `${text.trimEnd()}\n\nexport const ${name} = ${open}${joined(open, [member])}${close};\n`;
  // Behind the equals sign: a list's type may have brackets of its own.
  const start = text.indexOf(open, declared.index + declared[0].length) + open.length;
  const end = text.indexOf(close, start);
  const body = text.slice(start, end);
  const members = body.split(",").map((part) => part.trim()).filter((part) => part !== "");
  const inner = body.includes("\n") ? `${body.trimEnd().replace(/,?$/, ",")}\n  ${member},\n` : joined(open, [...members, member]);
  return text.slice(0, start) + inner + text.slice(end);
}

function joined(open: string, members: readonly string[]): string {
  const inner = members.join(", ");
  return open === "[" ? inner : ` ${inner} `;
}
