import { beginUpload, registerUpload } from "@atrium/people";
import { importErrors, maxImportBytes, RegisterUpload } from "@atrium/people/contract";
import { refusal } from "@atrium/kernel";
import { memberRoute } from "../../../../../server/route.ts";

/** Takes a file of joiners, named in `?name=`, as the body. Answers the import, whose check has then begun. */
export const POST = memberRoute<{ readonly tenant: string }>("people:import", async (ctx, { request, services, again }) => {
  const { id, fileKey, seal } = await beginUpload(ctx);
  // After the transaction: a slow line must not hold a connection.
  return async () => {
    const bytes = await readBody(request);
    const upload = RegisterUpload.parse({ id, fileName: request.nextUrl.searchParams.get("name") ?? "joiners.csv", fileBytes: bytes.byteLength });
    await services.files.write(fileKey, seal(bytes));
    const registered = await again((next) => registerUpload(next, upload)).catch(async (refused: unknown) => {
      // Nobody would ever look for a file that nothing takes note of.
      await services.files.remove(fileKey);
      throw refused;
    });
    return Response.json(registered, { status: 201 });
  };
});

/** Reads no more than a file may have, whatever its header claims. */
async function readBody(request: Request): Promise<Uint8Array> {
  const tooLarge = () => refusal(importErrors, "people/import-too-large", { params: { megabytes: maxImportBytes / 1_048_576 } });
  if (Number(request.headers.get("content-length") ?? 0) > maxImportBytes) throw tooLarge();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of request.body ?? []) {
    length += piece.byteLength;
    if (length > maxImportBytes) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
