import { ConfirmSignUp } from "@atrium/identity/contract";
import { houseRoute } from "../../../../server/route.ts";
import { confirm, jsonBody } from "../../../../server/sign-up.ts";

/** Makes the company of a link and signs its owner in. */
export const POST = houseRoute(async (request, context) => confirm(context, ConfirmSignUp.parse(await jsonBody(request))));
