"""Runs the matrix in a page of a browser, by the official client."""

import pathlib
import sys

from playwright.sync_api import sync_playwright

url, browser_path, client = sys.argv[1:]
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
    page = browser.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{url}/page")
    page.add_script_tag(path=client)
    page.add_script_tag(path=pathlib.Path(__file__).parent / "matrix.js")
    lines = page.evaluate("url => runMatrix(io, url)", url)
    browser.close()
print("\n".join(lines + faults))
