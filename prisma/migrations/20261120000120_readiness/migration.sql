-- The readiness route asks whether every migration of its build is applied. The names are no company's rows.
GRANT SELECT ("migration_name", "finished_at", "rolled_back_at") ON "_prisma_migrations" TO atrium_system;
