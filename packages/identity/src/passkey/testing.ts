import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import type { PasskeyAnswer, PasskeyOffer, PasskeyQuestion, RegisterPasskey } from "./contract.ts";

/** What one may twist, to see that it is refused. */
export interface Twists {
  /** What the browser says where it is. */
  readonly origin?: string;
  readonly rpId?: string;
  /** Whether the authenticator asked for a finger or a PIN. */
  readonly isVerified?: boolean;
  readonly challenge?: string;
  readonly userHandle?: string;
  readonly counter?: number;
}

const present = 0x01;
const verified = 0x04;
const hasKey = 0x40;

/** An authenticator in software, as the Web Authentication standard describes one: real keys, real signatures. */
export function softwareAuthenticator(origin: string) {
  const credentialId = randomBytes(32);
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  let counter = 0;
  let userHandle = "";
  const clientData = (type: string, challenge: string, twists: Twists) =>
    Buffer.from(JSON.stringify({ type, challenge: twists.challenge ?? challenge, origin: twists.origin ?? origin, crossOrigin: false }));
  const head = (rpId: string, extra: number, { isVerified = true, counter: told, rpId: twisted }: Twists) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(told ?? counter);
    return Buffer.concat([sha256(twisted ?? rpId), Buffer.of(present | (isVerified ? verified : 0) | extra), count]);
  };
  const credential = { id: credentialId.toString("base64url"), rawId: credentialId.toString("base64url"), type: "public-key" } as const;
  return {
    make: ({ challengeId, options }: PasskeyOffer, name: string, twists: Twists = {}): RegisterPasskey => {
      userHandle = options.user.id;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      // COSE: an elliptic curve key, ES256, on P-256.
      const key = isoCBOR.encode(new Map<number, number | Uint8Array>([[1, 2], [3, -7], [-1, 1], [-2, bytes(x)], [-3, bytes(y)]]));
      const authData = Buffer.concat([head(options.rp.id, hasKey, twists), Buffer.alloc(16), length, credentialId, key]);
      const attestation = new Map<string, string | Uint8Array | Map<string, string>>([["fmt", "none"], ["attStmt", new Map()], ["authData", Uint8Array.from(authData)]]);
      const clientDataJSON = clientData("webauthn.create", options.challenge, twists).toString("base64url");
      return { challengeId, name, response: { ...credential, response: { clientDataJSON, attestationObject: Buffer.from(isoCBOR.encode(attestation)).toString("base64url"), transports: ["internal"] } } };
    },
    answer: ({ challengeId, options }: PasskeyQuestion, twists: Twists = {}): PasskeyAnswer => {
      counter += 1;
      const client = clientData("webauthn.get", options.challenge, twists);
      const authenticatorData = head(options.rpId, 0, twists);
      const signature = sign("sha256", Buffer.concat([authenticatorData, sha256(client)]), privateKey).toString("base64url");
      const response = { clientDataJSON: client.toString("base64url"), authenticatorData: authenticatorData.toString("base64url"), signature, userHandle: twists.userHandle ?? userHandle };
      return { challengeId, response: { ...credential, response } };
    },
  };
}

const sha256 = (data: string | Buffer): Buffer => createHash("sha256").update(data).digest();
const bytes = (base64url: string): Uint8Array => Uint8Array.from(Buffer.from(base64url, "base64url"));
