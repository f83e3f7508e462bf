export { middleware } from "../../../../apps/web/src/middleware.ts";

export const config = { matcher: ["/((?!_next/static/|favicon\\.ico$|icon\\.svg$).*)"] };
