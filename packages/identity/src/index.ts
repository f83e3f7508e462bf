import { router } from "@atrium/api";
import { memberRouter } from "./member/router.ts";
import { sessionRouter } from "./session/router.ts";

export const identityRouter = router({ session: sessionRouter, members: memberRouter });

export { Claims, Credentials } from "./contract.ts";
export { endSessions, findTenant, openSession, signIn, signOut } from "./session/service.ts";
export type { DirectoryEntry, Proof, SignInRequest } from "./session/service.ts";
