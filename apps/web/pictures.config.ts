import { defineConfig } from "@playwright/test";
import config from "./playwright.config.ts";

/** Takes pictures of the pages for people to look at, into the folder that ATRIUM_PICTURES names. It is no test. */
export default defineConfig(config, { testMatch: "pictures.ts" });
