import { ConfirmSignUp, SignUpPreview } from "@atrium/identity/contract";
import { houseRoute } from "../../../../server/route.ts";
import { jsonBody, previewSignUp } from "../../../../server/sign-up.ts";

/** What a link would make. It is posted, so that no log has it. */
export const POST = houseRoute(async (request, context) => {
  const { token } = ConfirmSignUp.pick({ token: true }).parse(await jsonBody(request));
  return Response.json(SignUpPreview.parse(await previewSignUp(context, token)));
});
