import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer, text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFiles, tenantKey } from "./files.ts";

/** As much of an object store as put, get and delete need: it keeps the bytes it is really sent. */
function startObjectStore() {
  const objects = new Map<string, Buffer>();
  // Two keys at a time, so that a longer list has to be asked for again.
  const listing = (asked: URLSearchParams): string => {
    const found = [...objects.keys()].map((key) => key.replace("/papers/", "")).filter((key) => key.startsWith(asked.get("prefix") ?? "") && !key.slice((asked.get("prefix") ?? "").length).includes("/")).sort();
    const rest = found.filter((key) => key > (asked.get("continuation-token") ?? ""));
    const next = rest.length > 2 ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${rest[1] ?? ""}</NextContinuationToken>` : "";
    return `<ListBucketResult>${next}${rest.slice(0, 2).map((key) => `<Contents><Key>${key}</Key></Contents>`).join("")}</ListBucketResult>`;
  };
  const server = createServer((request, response) => {
    const key = (request.url ?? "").split("?")[0] ?? "";
    void buffer(request).then((body) => {
      if (!request.headers.authorization?.startsWith("AWS4-HMAC-SHA256 Credential=key/")) return response.writeHead(403).end();
      if (request.method === "PUT") objects.set(key, body);
      if (request.method === "DELETE") objects.delete(key);
      if (request.url?.includes("list-type=2")) return response.writeHead(200).end(listing(new URL(request.url, "http://store.test").searchParams));
      const found = objects.get(key);
      if (request.method === "GET" && !found) return response.writeHead(404).end("<Error><Code>NoSuchKey</Code></Error>");
      return response.writeHead(200, { etag: '"1"' }).end(request.method === "GET" ? found : undefined);
    });
  });
  return { objects, server };
}

const { objects, server } = startObjectStore();
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "atrium-files-"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const port = (): number => {
  const address: AddressInfo | string | null = server.address();
  return address !== null && typeof address === "object" ? address.port : 0;
};

const stores = {
  folder: () => openFiles({ FILES_DIR: folder }),
  bucket: () =>
    openFiles({ S3_BUCKET: "papers", S3_ENDPOINT: `http://127.0.0.1:${port()}`, S3_ACCESS_KEY_ID: "key", S3_SECRET_ACCESS_KEY: "secret" }),
};

describe.each(Object.entries(stores))("files in a %s", (_, open) => {
  it("gives back what was written last", async () => {
    const files = await open();
    const key = tenantKey("ten_1", "imports", "a.csv");
    await files.write(key, new TextEncoder().encode("₹ one"));
    expect(await text(await files.read(key))).toBe("₹ one");
    await files.write(key, new TextEncoder().encode("two"));
    expect(await text(await files.read(key))).toBe("two");
  });

  it("has nothing to read after the removal", async () => {
    const files = await open();
    const key = tenantKey("ten_1", "imports", "gone.csv");
    await files.write(key, new TextEncoder().encode("x"));
    await files.remove(key);
    await expect(files.read(key).then((stream) => text(stream))).rejects.toThrow();
  });
});

describe.each(Object.entries(stores))("a list of a %s", (_, open) => {
  it("names the files of one folder in order, however many there are", async () => {
    const files = await open();
    for (const name of ["5", "1", "4", "2", "3", "below/6"]) await files.write(tenantKey("ten_2", "notes", name), new TextEncoder().encode("x"));
    expect(await files.list(tenantKey("ten_2", "notes"))).toEqual(["1", "2", "3", "4", "5"].map((name) => `ten_2/notes/${name}`));
    expect(await files.list(tenantKey("ten_2", "note"))).toEqual([]);
  });
});

it("puts a bucket's objects under the tenant's id", () => {
  expect([...objects.keys()]).toContain("/papers/ten_1/imports/a.csv");
});

it("says what to set when files have no place", async () => {
  await expect(openFiles({})).rejects.toThrow(/FILES_DIR/);
});
