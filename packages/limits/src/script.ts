/**
 * All buckets of a request in one round trip: every one has enough, or none gives anything. Redis's clock decides, refill
 * is smooth, and what a process holds in advance counts against the bucket's capacity until it is spent, returned or a
 * second old.
 *
 * A bucket is a hash: `level` (tokens now), `at` (ms), `held` (tokens lent and not yet known to be spent), `capacity`, `over`
 * (tokens used beyond the capacity since it was lowered); its loans stand beside it in a sorted set, `id:tokens` by the moment
 * they end.
 *
 * ARGV: 1 clock in ms, empty for Redis's own · 2 prefix · 3 id of the loan, empty for none · 4 ms of a loan · 5 tokens wanted
 * beyond the costs · 6 costs in order, "1,1,3" · 7 loans to end, "id:tokens:unspent,…" · 8 whose requests · 9 requests spent
 * from loans since the last word, 10 those refused, "n:bucket" · 11 "usage" to count · 12 tokens owed, let through while
 * nobody could ask here · then five for each bucket: name, key, field of the config or empty, capacity where there is no field,
 * window in ms.
 * KEYS: 1 the company's config · 2 the mirror's entry of the session · then each bucket's key.
 *
 * Answers "unknown" (no config), "ended" (the session), or: "ok", granted flags "f110", tokens lent, names of the buckets
 * that had too little, names of those to raise the alarm for, and for each bucket capacity, level, ms to wait.
 */
export const takeScript = `
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
local prefix, lent_id, loan_ms, wanted, who, owed = ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[8], tonumber(ARGV[12])

local buckets, needs_config = {}, false
for i = 13, #ARGV, 5 do
  local bucket = { name = ARGV[i], key = ARGV[i + 1], field = ARGV[i + 2], capacity = tonumber(ARGV[i + 3]), window = tonumber(ARGV[i + 4]) }
  if bucket.field ~= '' then needs_config = true end
  buckets[#buckets + 1] = bucket
end

if KEYS[2] ~= '' and redis.call('EXISTS', KEYS[2]) == 1 then return { 'ended' } end
if needs_config then
  local config = redis.call('HMGET', KEYS[1], 'minute', 'hour', 'user')
  local sizes = { minute = tonumber(config[1] or ''), hour = tonumber(config[2] or ''), user = tonumber(config[3] or '') }
  if not (sizes.minute and sizes.hour and sizes.user) then return { 'unknown' } end
  for _, bucket in ipairs(buckets) do
    if bucket.field ~= '' then bucket.capacity = sizes[bucket.field] end
  end
end

local function held_key(bucket) return bucket.key .. ':held' end

local function tokens_of(loan) return tonumber(string.match(loan, ':(%d+)$')) end

for _, bucket in ipairs(buckets) do
  local state = redis.call('HMGET', bucket.key, 'level', 'at', 'held', 'capacity', 'over')
  bucket.rate = bucket.capacity / bucket.window
  bucket.held, bucket.over = tonumber(state[3] or '') or 0, tonumber(state[5] or '') or 0
  local level, at = tonumber(state[1] or ''), tonumber(state[2] or '')
  if not level then
    bucket.level, bucket.at = bucket.capacity, now
  else
    -- A larger bucket is larger at once; in a smaller one what was used stays used. Where that is more than it holds, the
    -- rest is kept in mind: to be made smaller and larger again fills no bucket.
    local grown = bucket.capacity - tonumber(state[4])
    if grown < 0 then
      local dropped = math.min(math.max(0, level), -grown)
      level, bucket.over = level - dropped, bucket.over - grown - dropped
    else
      local paid = math.min(bucket.over, grown)
      level, bucket.over = level + grown - paid, bucket.over - paid
    end
    bucket.level = level + math.max(0, now - at) * bucket.rate
    bucket.at = math.max(now, at)
  end
  if bucket.held > 0 then
    for _, loan in ipairs(redis.call('ZRANGEBYSCORE', held_key(bucket), '-inf', now)) do
      bucket.held = bucket.held - tokens_of(loan)
      redis.call('ZREM', held_key(bucket), loan)
    end
  end
  for id, tokens, unspent in string.gmatch(ARGV[7], '([^:,]+):(%d+):(%d+)') do
    -- A loan that has ended by itself gives nothing back: the bucket may have been refilled in its place.
    if redis.call('ZREM', held_key(bucket), id .. ':' .. tokens) == 1 then
      bucket.held = bucket.held - tonumber(tokens)
      bucket.level = bucket.level + tonumber(unspent)
    end
  end
  bucket.held = math.max(0, bucket.held)
  local room = math.max(0, bucket.capacity - bucket.held)
  bucket.over = math.max(0, bucket.over - math.max(0, bucket.level - room))
  -- Whoever was served in bad times pays for it in good ones, but is not shut out for longer than a window.
  bucket.level = math.max(math.min(bucket.level, room) - owed, -bucket.capacity)
end

local flags, granted, refused, short, owing = {}, 0, 0, {}, 0
for text in string.gmatch(ARGV[6], '%d+') do
  local cost, enough = tonumber(text), true
  for _, bucket in ipairs(buckets) do
    if bucket.level + 0.000001 < cost then
      enough = false
      if owing == 0 or owing == cost then bucket.short = cost end
    end
  end
  if enough then
    for _, bucket in ipairs(buckets) do bucket.level = math.max(0, bucket.level - cost) end
    granted = granted + cost
    flags[#flags + 1] = '1'
  else
    if owing == 0 then owing = cost end
    refused = refused + 1
    flags[#flags + 1] = '0'
  end
end

-- Near the limit nothing is lent, and never more than comes back by itself while the loan lasts.
local lent = 0
if lent_id ~= '' and refused == 0 and wanted > 0 then
  lent = wanted
  for _, bucket in ipairs(buckets) do
    local spare = math.floor((bucket.level - bucket.capacity / 10) / 4)
    lent = math.max(0, math.min(lent, spare, math.floor(bucket.rate * loan_ms)))
  end
  if lent > 0 then
    for _, bucket in ipairs(buckets) do
      bucket.level, bucket.held = bucket.level - lent, bucket.held + lent
      redis.call('ZADD', held_key(bucket), now + loan_ms, lent_id .. ':' .. lent)
      -- Never sooner than the bucket in which it is counted: a loan that nobody finds could not end.
      redis.call('PEXPIRE', held_key(bucket), bucket.window + loan_ms * 3)
    end
  end
end

local answer, alarms = {}, {}
for _, bucket in ipairs(buckets) do
  redis.call('HSET', bucket.key, 'level', string.format('%.9f', bucket.level), 'at', string.format('%.0f', bucket.at), 'held', bucket.held, 'capacity', bucket.capacity, 'over', string.format('%.9f', bucket.over))
  redis.call('PEXPIRE', bucket.key, bucket.window + loan_ms)
  if (bucket.field == 'minute' or bucket.field == 'hour') and bucket.level < bucket.capacity / 10 then
    if redis.call('SET', prefix .. ':alarm:' .. bucket.name, '1', 'NX', 'PX', bucket.window) then alarms[#alarms + 1] = bucket.name end
  end
  local wait = 0
  if bucket.short then
    short[#short + 1] = bucket.name
    wait = bucket.short > bucket.capacity and bucket.window or math.ceil((bucket.short - bucket.level) / bucket.rate)
  elseif bucket.level < bucket.capacity then
    wait = math.ceil((math.floor(math.max(0, bucket.level)) + 1 - bucket.level) / bucket.rate)
  end
  answer[#answer + 1] = bucket.capacity
  answer[#answer + 1] = string.format('%.3f', bucket.level)
  answer[#answer + 1] = wait
end

if ARGV[11] == 'usage' then
  local earlier, full = string.match(ARGV[10], '^(%d+):(.*)$')
  local admitted, turned = granted + tonumber(ARGV[9]), { [short[1] or '-'] = refused }
  turned[full] = (turned[full] or 0) + tonumber(earlier)
  local spans = { { ':usage:minute:', math.floor(now / 60000), 7200 }, { ':usage:hour:', math.floor(now / 3600000), 172800 }, { ':usage:day:', math.floor((now + 19800000) / 86400000), 3024000 } }
  for _, span in ipairs(spans) do
    local key = prefix .. span[1] .. string.format('%.0f', span[2])
    if admitted > 0 then redis.call('HINCRBY', key, 'admitted', admitted) end
    for bucket, count in pairs(turned) do
      if count > 0 then
        redis.call('HINCRBY', key, 'refused', count)
        redis.call('HINCRBY', key, 'refused:' .. bucket .. ':' .. who, count)
      end
    end
    redis.call('EXPIRE', key, span[3])
  end
end

-- The letter keeps the flags a text: the client would read "0110" as a number.
return { 'ok', 'f' .. table.concat(flags), lent, table.concat(short, ','), table.concat(alarms, ','), unpack(answer) }
`;

/**
 * Keeps a company's sizes for the edge, unless a newer version stands there.
 * KEYS: its config. ARGV: version, per minute, per hour, per user, ms to keep it.
 */
export const publishScript = `
local known = tonumber(redis.call('HGET', KEYS[1], 'version') or '')
if known and known > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'minute', ARGV[2], 'hour', ARGV[3], 'user', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
`;
