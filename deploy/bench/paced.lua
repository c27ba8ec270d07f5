-- One request each 32 ms on every connection: about 1,000 a second on 32 of them.
delay = function()
  return 32
end
