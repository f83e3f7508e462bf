/** Says that the process answers. It touches nothing, so that a slow database does not get a living process killed. */
export function GET(): Response {
  return Response.json({ ok: true });
}
