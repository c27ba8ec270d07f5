-- Presents each access token of the file that UNSEEN_TOKENS names once, going on where the last run ended; stops after the last.
local name = os.getenv("UNSEEN_TOKENS")
local threads = {}

setup = function(thread)
  threads[#threads + 1] = thread
end

init = function()
  used = 0
  local position = io.open(name .. ".used")
  if position then
    used = position:read("n")
    position:close()
  end
  next_token = io.lines(name)
  for _ = 1, used do
    next_token()
  end
end

request = function()
  local token = next_token()
  if token then
    used = used + 1
    wrk.headers["Authorization"] = "Bearer " .. token
  else
    wrk.thread:stop()
  end
  return wrk.format()
end

done = function()
  local position = io.open(name .. ".used", "w")
  position:write(threads[1]:get("used"))
  position:close()
end
