require "openssl"

# Whether Leadwell signed this request. headers: names in lower case; body: as it came, before anything parses it.
def verify(secret, headers, body)
  id, timestamp = headers.values_at("webhook-id", "webhook-timestamp")
  # An old request that somebody sends again is refused.
  return false if (Time.now.to_i - timestamp.to_i).abs > 300

  key = secret.sub("whsec_", "").unpack1("m")
  expected = "v1," + [OpenSSL::HMAC.digest("SHA256", key, "#{id}.#{timestamp}.#{body}")].pack("m0")
  # While a secret is being replaced there are two signatures.
  headers["webhook-signature"].to_s.split(" ").any? { |signature| OpenSSL.secure_compare(expected, signature) }
end
