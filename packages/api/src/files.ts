import type { Readable } from "node:stream";
import { Disk } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";

/** Files by key, in a folder or a bucket. Keys begin with the tenant's id: `tenantKey` writes them. */
export interface Files {
  write(key: string, content: Uint8Array | Readable): Promise<void>;
  read(key: string): Promise<Readable>;
  remove(key: string): Promise<void>;
}

/** `ten_…/imports/imp_….csv`: whatever a company stores lies under its own id. */
export function tenantKey(tenantId: string, ...parts: readonly string[]): string {
  return [tenantId, ...parts].join("/");
}

export function openFiles(driver: ConstructorParameters<typeof Disk>[0]): Files {
  const disk = new Disk(driver);
  return {
    write: (key, content) => (content instanceof Uint8Array ? disk.put(key, content) : disk.putStream(key, content)),
    read: (key) => disk.getStream(key),
    remove: (key) => disk.delete(key),
  };
}

/** A folder on this machine: the embedded stack's store. */
export function folderFiles(folder: string): Files {
  return openFiles(new FSDriver({ location: folder, visibility: "private" }));
}
