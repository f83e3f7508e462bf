import { readdirSync } from "node:fs";
import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const migrations = readdirSync(new URL("../../prisma/migrations/", import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // There are no photographs, and sharp is a large thing to install for none.
  images: { unoptimized: true },
  // `npm test` type-checks the whole house as one program; a build that did it once more would only be slower.
  typescript: { ignoreBuildErrors: true },
  // A tool that writes files into the repository while one works is not wanted.
  agentRules: false,
  devIndicators: false,
  // What this build was made with; the readiness route compares it with what the database has.
  env: { ATRIUM_MIGRATIONS: migrations.join(",") },
  // These load native code, WebAssembly or files of their own beside them, and so stay in node_modules.
  serverExternalPackages: ["@node-rs/argon2", "@prisma/adapter-pg", "@prisma/client", "flydrive", "inngest", "nodemailer", "pdfkit", "pg", "pino"],
  experimental: {
    // More than the largest upload: Next keeps a body for the middleware and drops, without a word, what is beyond this. A
    // file that is too large has to reach the route whole enough to be refused, instead of losing its last people.
    proxyClientMaxBodySize: "11mb",
    // A navigation that meets a server which is down waits for it, instead of showing the browser's own error page.
    useOffline: true,
  },
};

export default createNextIntlPlugin("./src/i18n/request.ts")(config);
