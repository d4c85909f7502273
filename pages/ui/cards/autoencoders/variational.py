"""The cards of the variational part: the die, its pictures, the two terms."""

from labs.generative.autoencoders.variational import controls as c
from pages.ui.cards.autoencoders.pieces import PAD, ink, inks
from pages.ui.stage import Card, Panel, Transport

DIE = Card(
    "die",
    columns=(
        (PAD,),
        (ink("seen", "Goes in", "28²", "", "the drawing as the net sees it", 110),
         ink("rebuilt", "Its mean comes out", "28²", "", "what the mean code decodes to", 110)),
        (Panel("sketch", "density", "Where the code may lie", "", "", "the prior and the "
               "distribution of each number of the code",
               {"width": 430, "height": 250, "names": ["the prior", "the chosen number"],
                "parts": "all twenty", "xTitle": "z", "yTitle": "density"}),
         Panel("words", "die", options={"height": 84})),
        (inks("throws", "Eight throws", "", "of your drawing's own code", "pictures decoded from "
              "throws of the drawing's code", 4, 66),),
    ),
    controls=(c.NET, c.ANOTHER, c.NUMBER, c.THROW),
)  # fmt: skip
TERMS = Card(
    "terms",
    columns=(
        (Panel("curve", "terms", "−ELBO and its terms", "", "", "the negative bound and its two "
               "terms over steps",
               {"names": ["−ELBO", "reconstruction", "KL"], "width": 380, "height": 230,
                "low": 0, "yTitle": "nats a picture"}),
         Panel("words", "collapse", options={"height": 110})),
        (Panel("bars", "kl", "KL of each number", "", "click one", "what each number of the code "
               "tells of the drawing, and on average",
               {"labels": [str(k + 1) for k in range(20)], "width": 250, "beside": "average",
                "heads": ["test", "yours"]}),),
        (inks("prior", "Throws of the prior", "", "", "sixteen pictures decoded from the prior",
              4, 76),),
    ),
    controls=(Transport(), c.BETA, c.RATE, c.AGAIN, c.SCRATCH),
    title="Two terms that pull",
    text="The net goes on learning while you turn β. A small one makes sharp codes and empty "
    "places between them; a large one makes every nat dear, and numbers fall silent.",
)  # fmt: skip
CARDS = (DIE, TERMS)
