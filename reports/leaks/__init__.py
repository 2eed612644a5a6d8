"""What could tell who somebody is, found in any file before it leaves. It never says that a file is safe."""
