"""What was understood of a table is shown before it is taken, where anything was left out or could be meant
otherwise."""

from __future__ import annotations

import pytest
from httpx import AsyncClient, Response

from tests.datasets.test_table_files import workbook
from tests.web.test_datasets import learned, use
from tests.web.tree import Page, text_of
from tests.web.visitor import page_of

pytestmark = pytest.mark.anyio
LINES = "\n".join(f'"{at},{at % 10}00",{at % 3},x{at},{"NA" if at == 35 else at}' for at in range(10, 40))
ODD = f"a,kind,name,b\n{LINES}\n"


async def agreed(browser: AsyncClient, page: Page, **chosen: str) -> Response:
    """Press the big button below what was understood, with the form as the page has it."""
    fields: dict[str, str] = {}
    for one in page["table"].iter("input"):
        if one.get("type") in ("radio", "checkbox") and "checked" not in one.attrib:
            continue
        fields[one.get("name")] = one.get("value") or ""
    for one in page["table"].iter("select"):
        fields[one.get("name")] = one.find("option[@selected]").get("value")
    text = page["sheet"].text.strip().replace("\n", "\r\n")  # as browsers send it
    fields |= {"text": text, "seen": page["agree"].get("value")}
    return await use(browser, **{name: text for name, text in (fields | chosen).items() if name != "file"})


async def test_what_was_understood_is_shown_before_it_is_taken(
    browser: AsyncClient, program: AsyncClient
) -> None:
    answer = await use(browser, ODD, target="kind", kept="eta=0.07", shuffle="1")
    page = page_of(answer)
    assert (answer.status_code, text_of(page["bad"])) == (422, "Line 27 has nothing in column 4.")
    said = text_of(page["understood"])
    assert "29 examples with two inputs; the network is to say which of three classes it is." in said
    assert "Left out: name, which holds too many different words." in said
    boxes = [box for box in page["understood"].iter("input") if "checked" in box.attrib]
    asked = {box.get("name"): box.get("value") for box in boxes}
    assert asked == {"numbers": "point", "kind": "classes"}
    found = (await learned(browser, program, await agreed(browser, page)))["recipe"]
    assert (found["data"]["classes"], found["eta"]) == (["0", "1", "2"], 0.07)
    assert found["data"]["columns"][0] == {"name": "a"}
    assert max(row[0] for row in found["data"]["inputs"]) == 39900
    other = await agreed(browser, page, numbers="comma", kind="numbers")
    data = (await learned(browser, program, other))["recipe"]["data"]
    assert ("classes" in data, max(row[0] for row in data["inputs"])) == (False, 39.9)


async def test_whoever_changes_the_form_is_shown_again_what_it_makes(browser: AsyncClient) -> None:
    page = page_of(await use(browser, ODD, target="kind", skip="1"))
    again = await agreed(browser, page, target="b", skip="")
    assert again.status_code == 422
    assert "the network is to say one number" in text_of(page_of(again)["understood"])
    assert (await agreed(browser, page_of(again))).status_code == 303


async def test_a_table_of_which_nothing_is_left_out_goes_straight_on(browser: AsyncClient) -> None:
    assert (await use(browser, "sex,y\nmale,yes\nmale,no\nfemale,no")).status_code == 303
    assert (await use(browser, ",a,b\n0,5,1\n1,3,2\n2,9,3")).status_code == 303
    ticked = "name,a,b\n" + "\n".join(f"n{at},{at},{at}" for at in range(20))
    assert (await use(browser, ticked, skip="1")).status_code == 303
    shown = await use(browser, ticked)
    assert shown.status_code == 200
    assert "name, which holds too many different words" in text_of(page_of(shown)["understood"])


async def test_lines_none_of_which_can_be_read_leave_nothing_to_agree_to(browser: AsyncClient) -> None:
    answer = await use(browser, "a,b\n1,x\n2,y", kind="numbers")
    page = page_of(answer)
    assert (answer.status_code, len(list(page["bad"]))) == (422, 2)
    assert "agree" not in page.ids


async def test_a_large_file_is_sampled_and_a_sheet_is_read(
    browser: AsyncClient, program: AsyncClient
) -> None:
    large = "a,b\n" + "\n".join(f"{at},{at / 7}" for at in range(30_000))
    answer = await browser.post("/data/table", files={"file": ("big.csv", large.encode())})
    page = page_of(answer)
    assert "A sample: 500 of 30,000 lines" in text_of(page["understood"])
    assert len(page["sheet"].text) < 60_000
    note = (await learned(browser, program, await agreed(browser, page)))["recipe"]["data"]["note"]
    assert "500 of 30,000 lines, drawn by chance (seed 0)" in note
    book = workbook([["a", "b"], [1, 2.5], [3, 4.5], [5, 7]])
    answer = await browser.post("/data/table", data={"scale": "1"}, files={"file": ("book.xlsx", book)})
    data = (await learned(browser, program, answer))["recipe"]["data"]
    assert data["columns"] == [{"name": "a", "low": 1, "high": 5}, {"name": "b", "low": 2.5, "high": 7}]
    refused = page_of(await browser.post("/data/table", files={"file": ("x.npy", b"\x93NUMPY\x01")}))
    assert "numpy.savetxt" in text_of(refused["wrong-file"])
