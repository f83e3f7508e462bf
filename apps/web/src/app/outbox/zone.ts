/** The outbox is no company's, so no company's zone applies; the demo's companies are Indian. */
export const zone = "Asia/Kolkata";
