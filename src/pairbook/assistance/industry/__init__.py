"""Industry programmes over projects: partners, assets, bases at work, what they keep and produce, who gains."""
