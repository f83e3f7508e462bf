export { faultsOfKeys, vaultEnv } from "./env.ts";
export { vaultErrors } from "./contract.ts";
export type { KeyEncryption, KeyPlace, WrappedKey } from "./key-encryption.ts";
export { openKeyring } from "./keyring.ts";
export type { Keyring, KeyringOptions } from "./keyring.ts";
export type { Place, Vault } from "./vault.ts";
