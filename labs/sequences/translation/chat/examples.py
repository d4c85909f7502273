"""What a visitor may say: conversations to begin with, of both worlds.

The first has the topic of Vinyals & Le's own example of a help desk, in words of our own.
"""

from collections.abc import Mapping

EXAMPLES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "helpdesk": {
        "the VPN": (
            "Hi, this is Anna.", "I am having trouble accessing the VPN.", "Windows 7.",
            "Yes. It says VPN can't be connected to network.", "Yes, the network works.",
            "No, it is a new machine.", "Wait, it is installing.",
            "Yes, it is installed and working now.", "Nope, thank you!", "Bye!",
        ),
        "who does not know": (
            "Good morning, my mail does not work.", "What is that?", "No.", "I don't know.",
            "How can I see that?", "No.", "Yes.", "It works now.", "That is all.",
        ),
        "two problems": (
            "Hello, my name is Kofi. My laptop is very slow on Ubuntu.", "No, weeks ago.",
            "No change.", "Still the same.", "Yes, I can't print.", "Nothing happens.",
            "There is no cable.", "Yes, thanks.", "No, bye.",
        ),
        "what it never learnt": (
            "Hello!", "My cat sits on the coffee machine.", "Who won the match yesterday?",
            "Could you translate this letter for my uncle?",
        ),
    },
    "smalltalk": {
        "small talk": (
            "Hello!", "Who are you?", "Who made you?", "How old are you?",
            "Do you like music?", "Are you smarter than me?", "Tell me a joke.", "Good night!",
        ),
        "the same in other words": (
            "Are you a robot?", "Am I talking to a machine?", "You're not a person, are you?",
            "Is there a human behind this?",
        ),
        "what it never learnt": (
            "What is the capital of France?", "My printer has a paper jam.",
            "How many legs does a spider have?",
        ),
    },
}  # fmt: skip
BEGUN = 3  # lines of an example that are said when it is chosen
