extension HTTP1Connection { func speaksHTTP2() -> Bool { false } }
