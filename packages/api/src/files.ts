import type { Readable } from "node:stream";
import { Disk } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";

/** Files by key, in a folder or a bucket. Keys begin with the tenant's id: `tenantKey` writes them. */
export interface Files {
  /** Whole files of a bounded size: an object store wants to know the length before the first byte. */
  write(key: string, content: Uint8Array): Promise<void>;
  read(key: string): Promise<Readable>;
  remove(key: string): Promise<void>;
  /** The keys of the files directly in a folder, in the order of their names; none when there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
}

export interface FilesOptions {
  readonly FILES_DIR?: string | undefined;
  readonly S3_BUCKET?: string | undefined;
  readonly S3_REGION?: string | undefined;
  readonly S3_ENDPOINT?: string | undefined;
  readonly S3_ACCESS_KEY_ID?: string | undefined;
  readonly S3_SECRET_ACCESS_KEY?: string | undefined;
}

/** `ten_…/imports/imp_….csv`: whatever a company stores lies under its own id. */
export function tenantKey(tenantId: string, ...parts: readonly string[]): string {
  return [tenantId, ...parts].join("/");
}

/** The bucket when one is named, else the folder. Throws when neither is. */
export async function openFiles(options: FilesOptions): Promise<Files> {
  if (options.S3_BUCKET) return filesOn(new Disk(await bucket(options.S3_BUCKET, options)));
  if (options.FILES_DIR) return filesOn(new Disk(new FSDriver({ location: options.FILES_DIR, visibility: "private" })));
  throw new Error("Set FILES_DIR to a folder, or S3_BUCKET to a bucket: without one of them no file can be kept.");
}

async function bucket(name: string, options: FilesOptions): Promise<Driver> {
  // Loaded only here: the client is large, and most installations keep their files in a folder.
  const { S3Driver } = await import("flydrive/drivers/s3");
  const { S3_REGION: region = "us-east-1", S3_ENDPOINT: endpoint, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = options;
  return new S3Driver({
    bucket: name,
    visibility: "private",
    // Most S3-shaped stores know no ACLs; the bucket is private as a whole.
    supportsACL: false,
    region,
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
  });
}

type Driver = ConstructorParameters<typeof Disk>[0];

function filesOn(disk: Disk): Files {
  return {
    write: (key, content) => disk.put(key, content),
    read: (key) => disk.getStream(key),
    remove: (key) => disk.delete(key),
    list: (folder) => listKeys(disk, folder),
  };
}

async function listKeys(disk: Disk, folder: string): Promise<readonly string[]> {
  const keys: string[] = [];
  let paginationToken: string | undefined;
  do {
    const page = await disk.listAll(`${folder}/`, paginationToken === undefined ? {} : { paginationToken }).catch(noneOfMissing);
    for (const found of page.objects) if (found.isFile) keys.push(found.key);
    ({ paginationToken } = page);
  } while (paginationToken !== undefined);
  return keys.sort();
}

/** A bucket knows no folders and lists nothing; the file system says that the folder is not there. */
function noneOfMissing(error: unknown): Awaited<ReturnType<Disk["listAll"]>> {
  const said: unknown = error instanceof Error ? (error.cause ?? error) : error;
  if (said instanceof Error && "code" in said && said.code === "ENOENT") return { objects: [] };
  throw error;
}
