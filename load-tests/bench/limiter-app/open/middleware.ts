import { NextResponse } from "next/server";

export const config = { matcher: ["/((?!_next/static/|favicon\\.ico$|icon\\.svg$).*)"] };

export const middleware = (): NextResponse => NextResponse.next();
