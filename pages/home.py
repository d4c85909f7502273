"""The gallery: a picture, a question and a link for every lab."""

import streamlit as st

from pages.ui import gallery, lesson

COLUMNS = 3

# by section: picture, alternative text, title, page, question
LABS = {
    "Basics": (
        (
            gallery.neuron_picture,
            "two hidden units and the output of a net for XNOR, over the plane",
            "Neuron",
            "basics/neuron.py",
            "What can one unit say? Drag its line, let two rules move it, see why it fails on "
            "XOR, and build XNOR from three of them.",
        ),
        (
            gallery.playground_picture,
            "what six units of a net make of the plane after learning two spirals",
            "Playground",
            "basics/playground.py",
            "How does a net bend the plane until the classes come apart? Train a net of your "
            "own, touch every weight, drag every point, replay, sweep, and break it.",
        ),
        (
            gallery.approximation_picture,
            "what eight units add to a wave, row by row, and their sum",
            "Approximation",
            "basics/approximation.py",
            "How does a sum of simple bends become any function? Draw one with the pen, and see "
            "what width, depth and the bend itself are worth.",
        ),
        (
            gallery.autodiff_picture,
            "a function of two variables and its two partial derivatives over the plane",
            "Autodiff",
            "basics/autodiff.py",
            "Where does each number of a gradient come from? Type any expression, drag any "
            "value, and step through both passes node by node.",
        ),
        (
            gallery.backprop_picture,
            "the gradients of nine weights over forty updates",
            "Backprop",
            "basics/backprop.py",
            "What does each weight learn from one example? Walk both passes of a small net "
            "number by number, in the notation of your lecture.",
        ),
        (
            gallery.optimizers_picture,
            "four loss surfaces from above",
            "Optimizers",
            "basics/optimizers.py",
            "Which way down? Six optimizers race on nine surfaces and on slices through the "
            "loss of real nets. Drag the start, turn their knobs.",
        ),
        (
            gallery.depth_picture,
            "histograms of the gradient in every layer of three deep nets",
            "Depth",
            "basics/depth.py",
            "Why were deep nets hard? Follow signal and gradient through up to fifty layers, "
            "and see what initialisation, batch norm and residual connections do.",
        ),
    ),
    "Vision": (
        (
            gallery.convolution_picture,
            "the vertical edges of a photograph, blue and orange",
            "Convolution",
            "vision/convolution.py",
            "What does a kernel see? Drag its numbers, and the photograph answers while you do; "
            "then channels, pooling, stages in a row, and a kernel that is learned.",
        ),
        (
            gallery.architectures_picture,
            "twelve maps of a photo network for a cat",
            "Architectures",
            "vision/architectures.py",
            "Where do a network's parameters sit? Unfold AlexNet, GoogLeNet or ResNet down to "
            "the last layer, classify a photo, and design a network of your own.",
        ),
        (
            gallery.digit_picture,
            "six feature maps of LeNet-5 for a drawn 8",
            "Digit",
            "vision/digit.py",
            "Which strokes made the network say so? Draw a digit and watch every layer of "
            "LeNet-5, forwards and backwards, while the stroke is being made.",
        ),
        (
            gallery.dream_picture,
            "a photograph of a cat, dreamt on by a network",
            "Dream",
            "vision/dream.py",
            "What does a network want to see? Let a picture climb the activations of any layer, "
            "and turn the knobs while it does.",
        ),
        (
            gallery.adversarial_picture,
            "a digit, a perturbation, and their sum, which the network misreads",
            "Fool it",
            "vision/adversarial.py",
            "How little does it take? Attack a network on your own drawing or on a photograph, "
            "and drag the budget until it is fooled.",
        ),
    ),
    "Sequences": (
        (
            gallery.language_picture,
            "64 units of an LSTM over 96 characters of its own text",
            "Language",
            "sequences/language.py",
            "How does a network write? Roll the weighted die of n-grams, let an LSTM go on from "
            "your words, colour the text by any unit, and watch one learn to write.",
        ),
        (
            gallery.names_picture,
            "what a network thinks of three names after every letter",
            "Names",
            "sequences/names.py",
            "Where does a name come from? Three recurrent readers change their minds letter by "
            "letter, and a fourth writes names of its own.",
        ),
    ),
}

st.title("Glassbox", anchor=False)
st.markdown(
    ":gray[Open a network and watch it work. Everything on the screen is a tensor of a real "
    "PyTorch model, and it moves while you move. In all pictures blue is positive and orange "
    "negative; gradients are purple and green.]"
)
st.page_link(
    "vision/digit.py",
    label=":primary[New here? Begin by drawing a digit.]",
    icon=":material/draw:",
)
waiting = []
for section, labs in LABS.items():
    st.subheader(section, anchor=False)
    for row in range(0, len(labs), COLUMNS):
        for column, (picture, alt, title, page, question) in zip(
            st.columns(COLUMNS), labs[row : row + COLUMNS], strict=False
        ):
            with column, st.container(border=True, height="stretch", key=f"card-{title}"):
                frame = st.container(key=f"picture-{title}")
                waiting.append((frame, picture, alt))
                st.page_link(page, label=f"**{title}**")
                st.markdown(question)
for place, picture, alt in waiting:  # the words are there before the pictures are made
    place.image(gallery.framed(picture(lesson.theme())), width="stretch", alt=alt)
