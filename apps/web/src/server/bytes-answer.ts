export interface FileKind {
  readonly fileName: string;
  readonly type: string;
}

/** A file for the browser's downloads. Each piece is made when the one before it has been taken. */
export function bytesAnswer({ fileName, type }: FileKind, pieces: AsyncGenerator<Uint8Array, void>): Response {
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => {
      await pieces.return();
    },
  });
  return new Response(body, { headers: { "content-type": type, "content-disposition": `attachment; filename="${fileName}"`, "cache-control": "no-store" } });
}
