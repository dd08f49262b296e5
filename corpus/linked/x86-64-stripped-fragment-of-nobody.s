// arch: x86-64
// link: ld.lld-19 -shared --strip-all -Ttext=0x10000
// expect: unproved indirect-entry sub_10004
// why: its row says that a frame is in place, and nobody is seen to jump there: whose frame it is cannot be known

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	leal	1(%rdi), %eax
	ret
	.cfi_endproc
	.size	f, .-f
	.type	f.cold, %function
f.cold:
	.cfi_startproc
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f.cold, .-f.cold
