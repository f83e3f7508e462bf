import { SlugAnswer } from "@atrium/identity/contract";
import { houseRoute } from "../../../../server/route.ts";
import { lookAtSlug } from "../../../../server/sign-up.ts";

/** Whether a new company can have this address name. That it cannot is an answer like the other. */
export const GET = houseRoute(async (request, context) => Response.json(SlugAnswer.parse(await lookAtSlug(context, request.nextUrl.searchParams.get("name") ?? ""))));
