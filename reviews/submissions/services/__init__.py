"""What an agency hands in, from the first file to the version that was sent.

writing   begin, add_file, remove_file, choose_points
reading   read_file, read_files
handing   hand_in, take_back, return_inside, sign_off, enter
"""
