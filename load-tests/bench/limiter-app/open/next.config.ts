import type { NextConfig } from "next";

const config: NextConfig = { poweredByHeader: false, typescript: { ignoreBuildErrors: true }, agentRules: false };

export default config;
