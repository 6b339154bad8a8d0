"""Opens the documentation page in a browser and makes a call from it: opens a ticket by the button "Execute"."""

import sys

from playwright.sync_api import sync_playwright

url, browser_path, screenshot = sys.argv[1:]
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
    page = browser.new_page(viewport={"width": 1200, "height": 1600})
    outside, faults = [], []
    page.on("request", lambda request: request.url.startswith((url, "data:")) or outside.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: message.type == "error" and faults.append(message.text))
    page.goto(f"{url}/docs")
    page.get_by_text("Open a ticket.", exact=True).click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    answer = page.locator(".live-responses-table .response .response-col_status").first
    answer.wait_for(timeout=10_000)
    status = answer.inner_text().split()[0]
    body = page.locator(".live-responses-table .response .highlight-code").first.inner_text()
    page.screenshot(path=screenshot, full_page=True)
    browser.close()
print("status", status)
print("subject", "The printer is on fire" in body)
print("outside", outside)
print("faults", faults)
