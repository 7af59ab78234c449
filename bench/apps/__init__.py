"""Small Streamlit apps to compare the atlas with."""
