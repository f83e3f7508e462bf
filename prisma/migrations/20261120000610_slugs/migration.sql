-- Two address names that a reader takes for each other cannot both be companies'. What is left of a name without what the
-- eye skips is unique, so of two who ask at the same moment one gets it. `slugSkeleton` in the kernel says the same.
ALTER TABLE "tenant" ADD COLUMN "slug_skeleton" TEXT GENERATED ALWAYS AS (
  replace(replace(translate("slug", '01i-', 'oll'), 'rn', 'm'), 'vv', 'w')
) STORED;
CREATE UNIQUE INDEX "tenant_slug_skeleton_key" ON "tenant" ("slug_skeleton");
