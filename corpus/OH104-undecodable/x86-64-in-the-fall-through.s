// arch: x86-64
// rule: OH104
// expect: OH104 f+0x4
// flags: -O2
// why: 0x06 was PUSH ES; in 64-bit mode it is no instruction (Intel SDM 2B, PUSH)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	testl	%edi, %edi
	jne	.L2
	.byte	0x06	# planted
	xorl	%eax, %eax
	ret
.L2:
	movl	$7, %eax
	ret
	.cfi_endproc
	.size	f, .-f
