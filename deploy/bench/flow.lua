-- Starts a flow, submits a step whose connection test fails, and deletes the flow, over and over; for one connection.
-- BEARER is an access token, DEVICE the address of the device of the tour.
local headers = {
  ["Authorization"] = "Bearer " .. os.getenv("BEARER"),
  ["Content-Type"] = "application/json",
}
local base = "/api/config/config_entries/flow"
local step = '{"host": "' .. os.getenv("DEVICE") .. '", "api_token": "guessed"}'
-- wrk asks for one request that it does not send, to look at it.
local turn, flow = 2, ""

request = function()
  turn = turn % 3 + 1
  if turn == 1 then
    return wrk.format("POST", base, headers, '{"handler": "fake_device"}')
  elseif turn == 2 then
    return wrk.format("POST", base .. "/" .. flow, headers, step)
  end
  return wrk.format("DELETE", base .. "/" .. flow, headers)
end

response = function(status, _, body)
  if turn == 1 then
    flow = body:match('"flow_id":"([^"]+)"') or "none"
  end
end
