# A receiver of webhooks: SECRET=whsec_... python3 receiver.py
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

from verify import verify


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        is_genuine = verify(os.environ["SECRET"], self.headers, body)
        print(body.decode() if is_genuine else "Refused a request that Leadwell did not sign.", flush=True)
        self.send_response(204 if is_genuine else 401)
        self.end_headers()


HTTPServer(("127.0.0.1", 8000), Receiver).serve_forever()
