import pytest

pytestmark = pytest.mark.usefixtures("units")


def test_the_type_ahead_answers_with_label_and_codes_and_may_be_cached(client):
    response = client.get("/api/v1/communes", {"q": "mang den"})

    assert response.status_code == 200
    assert response.json()["results"] == [
        {
            "code": "23473",
            "name": "Xã Măng Đen",
            "province_code": "51",
            "province": "Tỉnh Quảng Ngãi",
            "former_district": "Kon Plông",
            "label": "Xã Măng Đen, Tỉnh Quảng Ngãi",
        }
    ]
    assert response["Cache-Control"] == "public, max-age=86400"
    assert not response.cookies


@pytest.mark.parametrize("query", ["", "?q=", "?q=%00", "?q=%ff%fe", "?q=a&tinh=xx", "?q=" + "a " * 500, "?q[]=1"])
def test_odd_input_is_an_empty_list_or_a_short_one(client, query):
    response = client.get("/api/v1/communes" + query)

    assert response.status_code == 200
    assert len(response.json()["results"]) <= 12


def test_the_address_does_not_write(client):
    assert client.post("/api/v1/communes", {"q": "x"}).status_code in (403, 405)
