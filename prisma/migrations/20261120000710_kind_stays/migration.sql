-- What a tenant is was decided when it was made: no fault in the application may turn a company into the platform's own
-- tenant, whose members look after all others, or give it another address name or id.
REVOKE UPDATE ON "tenant" FROM atrium_app;
GRANT UPDATE (
  "name", "time_zone", "status", "plan", "subscription_until", "session_max_minutes", "session_idle_minutes", "requires_mfa", "requires_sso",
  "suspended_because", "deleted_at"
) ON "tenant" TO atrium_app;
