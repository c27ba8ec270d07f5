-- Refreshes the tokens of the file that REFRESH_TOKENS names, one after the other.
local tokens = {}
for line in io.lines(os.getenv("REFRESH_TOKENS")) do
  tokens[#tokens + 1] = line
end

local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
local bodies = {}
for i, token in ipairs(tokens) do
  bodies[i] = "grant_type=refresh_token&client_id=http%3A%2F%2F127.0.0.1%2F&refresh_token=" .. token
end

local i = 0
request = function()
  i = i % #bodies + 1
  return wrk.format("POST", nil, headers, bodies[i])
end
