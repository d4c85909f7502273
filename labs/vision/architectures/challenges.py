"""What the page dares a visitor to find."""

DARES = (
    {"key": "most", "text": "In VGG-16, find the one layer that holds three quarters of all "
     "parameters.", "hint": "Where the maps become a line of numbers: classifier.0."},
    {"key": "whole", "text": "Find a layer of maps whose units see the whole picture.",
     "hint": "ResNet at 224 pixels: look in layer4.  A smaller input helps too."},
    {"key": "break", "text": "Make the input so small that a network breaks, and read where.",
     "hint": "AlexNet gives up below 63 pixels; ResNet never does."},
    {"key": "depthwise", "text": "Find a depthwise convolution: one kernel for each map.",
     "hint": "MobileNetV2, features.2, conv.1: its print says groups."},
    {"key": "fifty", "text": "Put two networks side by side of which one has more than 40 times "
     "the other's parameters.", "hint": "SqueezeNet was built for this comparison with AlexNet."},
)  # fmt: skip
