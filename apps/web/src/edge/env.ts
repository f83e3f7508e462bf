/** The little that the middleware knows of its surroundings. */
export const isDevelopment = process.env.NODE_ENV === "development";
export const isHttps = process.env.ATRIUM_URL?.startsWith("https://") === true;
