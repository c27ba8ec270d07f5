-- As refresh.lua; writes the access tokens that it gets to the file that UNSEEN_TOKENS names.
dofile(os.getenv("BENCH") .. "/refresh.lua")

local file = io.open(os.getenv("UNSEEN_TOKENS"), "a")
response = function(status, _, body)
  local token = body:match('"access_token":"([^"]+)"')
  if token then
    file:write(token, "\n")
  end
end
