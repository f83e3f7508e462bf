import { NewSlug } from "@atrium/identity/contract";
import { houseRoute } from "../../../../server/route.ts";
import { lookAtSlug } from "../../../../server/sign-up.ts";

/** Whether a new company can have this address name: an empty answer, or the refusal that says why not. */
export const GET = houseRoute(async (request, context) => {
  await lookAtSlug(context, NewSlug.parse(request.nextUrl.searchParams.get("name") ?? ""));
  return Response.json({});
});
