"""Scripts that give the page's numbers again, with nothing but torch, numpy and safetensors."""
