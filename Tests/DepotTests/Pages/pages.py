"""Walks through the pages as a visitor does, on a phone and on a wide screen, and writes a review by the form."""

import sys

from playwright.sync_api import Error, sync_playwright

url, browser_path, folder = sys.argv[1:]
screens = {"phone": (390, 844), "wide": (1280, 900)}
faults = []


def take_picture(page, path):
    """Chromium refuses one now and then, while it draws."""
    for attempt in range(3):
        try:
            return page.screenshot(path=path)
        except Error as error:
            if attempt == 2 or "Unable to capture screenshot" not in error.message:
                raise


def look(page, screen, name):
    """Takes a picture, and says what does not fit or has no name."""
    page.wait_for_load_state("load")
    take_picture(page, f"{folder}/depot-{name}-{screen}.png")
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        faults.append(f"{name} is wider than the {screen}")
    nameless = page.evaluate(
        """[...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
            .filter(e => !e.labels.length && !e.getAttribute('aria-label')).length"""
    )
    if nameless or page.locator("h1").count() != 1:
        faults.append(f"{name} has fields without labels, or not one heading")


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
    for screen, (width, height) in screens.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=True
            )
            page = context.new_page()
            page.on("request", lambda r: r.url.startswith((url, "data:")) or faults.append(f"asks for {r.url}"))
            page.on("pageerror", lambda error: faults.append(str(error)))
            place = screen if scheme == "light" else f"{screen}-dark"
            page.goto(url)
            look(page, place, "home")
            page.locator("main input[type=search]").fill("strategy game")
            page.locator("main button", has_text="Search").click()
            page.locator("mark").first.wait_for(timeout=5_000)
            look(page, place, "results")
            page.get_by_role("link", name="0ad", exact=True).click()
            form = page.locator("form.write")
            form.wait_for(timeout=5_000)
            look(page, place, "package")
            form.get_by_label("Excellent").check()
            form.get_by_label("Your name").fill(f"Ada on {place}")
            form.get_by_label("In one line").fill("Elephants!")
            form.get_by_label("What do you think?").fill("<b>They</b> trample everything.")
            form.get_by_role("button").click()
            page.get_by_text("<b>They</b> trample everything.").first.wait_for(timeout=5_000)
            page.locator("#reviews").scroll_into_view_if_needed()
            look(page, place, "reviewed")
            # The same once more is refused, on the page, and what was written is still there.
            form.get_by_label("Fair").check()
            form.get_by_label("Your name").fill(f"Ada on {place}")
            form.get_by_label("In one line").fill("Again")
            form.get_by_label("What do you think?").fill("Still good.")
            form.get_by_role("button").click()
            page.get_by_role("alert").wait_for(timeout=5_000)
            if form.get_by_label("What do you think?").input_value() != "Still good.":
                faults.append("what was written is lost")
            page.goto(f"{url}/catalogue?section=games&sort=size")
            look(page, place, "section")
            if screen == "phone":
                page.get_by_text("Narrow and sort").click()
            page.get_by_label("Sorted by").select_option("name")
            page.get_by_role("button", name="Show").click()
            page.wait_for_url("**sort=name**", timeout=5_000)
            page.goto(f"{url}/catalogue/there-is-none")
            look(page, place, "error")
            context.close()
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{url}/catalogue?q=editor")
    print("cards", page.locator(".card").count() > 0)
    browser.close()
print("faults", faults)
