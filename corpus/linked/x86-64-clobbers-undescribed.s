// arch: x86-64
// link: ld.lld-19 -shared -Ttext=0x10000
// expect: unproved nonstandard-frame g
// expect: suspect OH202 g+0x5
// why: g loses rbx, but has no unwind entry where the rest of the file has: nobody knows that a compiler wrote it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	leal	1(%rdi), %eax
	ret
	.cfi_endproc
	.size	f, .-f
	.globl	g
	.type	g, %function
g:
	movl	$1, %ebx
	ret
	.size	g, .-g
