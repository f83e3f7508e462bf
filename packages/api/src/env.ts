import { z } from "zod";

const logLevels = ["fatal", "error", "warn", "info", "debug", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** This room's slice of the environment. */
export const apiEnv = {
  LOG_LEVEL: z.enum(logLevels).default("info"),
  INNGEST_BASE_URL: z.url().optional(),
  INNGEST_DEV: z.string().optional(),
  INNGEST_EVENT_KEY: z.string().min(16).optional(),
  INNGEST_SIGNING_KEY: z.string().min(32).optional(),
  /** Where mail goes: a server, or else the outbox folder of the embedded stack. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().default("Atrium <no-reply@atrium.test>"),
  MAIL_OUTBOX_DIR: z.string().min(1).optional(),
  /** Where files go: an S3 bucket, or else a folder. */
  FILES_DIR: z.string().min(1).optional(),
  S3_BUCKET: z.string().min(1).optional(),
  S3_REGION: z.string().min(1).optional(),
  S3_ENDPOINT: z.url().optional(),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
};
