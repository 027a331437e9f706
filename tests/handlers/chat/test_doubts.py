"""What is possible and not said is asked about once, while the words are held."""

DOUBTFUL = "吃完肚子有点不舒服"


def test_a_doubt_names_the_ambulance_and_asks_one_question(phone, stored):
    reply = phone.say(DOUBTFUL)
    assert "120" in reply.splitlines()[0]
    assert "现在有人正在发病或有危险吗" in reply
    assert stored() == []


def test_what_was_held_is_sealed(phone, ask):
    phone.say(DOUBTFUL)
    assert DOUBTFUL not in ask(lambda tx: tx.value("select held from doubt"))
