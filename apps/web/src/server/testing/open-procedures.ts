/** The procedures that ask nobody who calls, and why that is right. A line more is a decision. */
export const openProcedures: Readonly<Record<string, string>> = {
  "identity.credentials.acceptInvitation": "Whoever was invited has no password yet; the link's secret, good for once, says who they are.",
  "identity.credentials.askReset": "Whoever forgot their password cannot sign in; the answer is the same for every address.",
  "identity.credentials.confirmEmail": "The mail may be opened in another browser; the link's secret says whose address it is.",
  "identity.credentials.openLink": "Shows whom a link is for to whoever holds its secret.",
  "identity.credentials.reset": "Whoever forgot their password has the link's secret instead.",
  "identity.signIn.askPasskey": "Whoever signs in is nobody yet; the question is the same for everybody, whoever has a passkey.",
};
