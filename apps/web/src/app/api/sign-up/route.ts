import { SignUp } from "@atrium/identity/contract";
import { houseRoute } from "../../../server/route.ts";
import { jsonBody, sendSignUpLink } from "../../../server/sign-up.ts";

/** Has the link sent that makes the company. Nothing is written. */
export const POST = houseRoute(async (request, context) => {
  await sendSignUpLink(context, SignUp.parse(await jsonBody(request)));
  return Response.json({}, { status: 202 });
});
